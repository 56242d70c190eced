import { createRouter, createWebHistory } from 'vue-router';
import OverviewPage from '@/features/overview/OverviewPage.vue';

export const router = createRouter({
  history: createWebHistory('/h'),
  routes: [
    { path: '/', component: OverviewPage },
    { path: '/records/:id([a-z2-7]+)?', component: () => import('@/features/records/RecordsPage.vue') },
    { path: '/stations/:node([0-9a-f]{32})', component: () => import('@/features/overview/StationDetailPage.vue') },
    { path: '/feedback', component: () => import('@/features/feedback/FeedbackPage.vue') },
    { path: '/sync', component: () => import('@/features/sync-status/SendPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
