import { createRouter, createWebHistory } from 'vue-router';
import CounterPage from '@/features/counter/CounterPage.vue';

export const router = createRouter({
  history: createWebHistory('/s'),
  routes: [
    { path: '/records/:id([a-z2-7]+)?', component: () => import('@/features/records/RecordsPage.vue') },
    { path: '/', component: CounterPage },
    { path: '/check-in', component: () => import('@/features/check-in/CheckInPage.vue') },
    { path: '/book', component: () => import('@/features/booking/BookingPage.vue') },
    { path: '/late', component: () => import('@/features/booking/LateEntryPage.vue') },
    { path: '/day-end', component: () => import('@/features/day-end/DayEndPage.vue') },
    { path: '/off-hours', component: () => import('@/features/off-hours/OffHoursPage.vue') },
    { path: '/feedback', component: () => import('@/features/feedback/FeedbackPage.vue') },
    { path: '/sync', component: () => import('@/features/sync-status/SendPage.vue') },
    { path: '/station', component: () => import('@/features/station/StationPage.vue') },
    { path: '/health', component: () => import('@/features/health/HealthPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
