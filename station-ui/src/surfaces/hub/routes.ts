import { createRouter, createWebHistory } from 'vue-router';
import SendPage from '@/features/sync-status/SendPage.vue';

export const router = createRouter({
  history: createWebHistory('/h'),
  routes: [
    { path: '/', component: SendPage },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
