import { createRouter, createWebHistory } from 'vue-router';
import SendPage from '@/features/sync-status/SendPage.vue';

export const router = createRouter({
  history: createWebHistory('/h'),
  routes: [
    { path: '/records/:id([a-z2-7]+)?', component: () => import('@/features/records/RecordsPage.vue') },
    { path: '/', component: SendPage },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
