// What every surface begins with: tokens, language, look, stores.
import { createPinia } from 'pinia';
import { createApp, type Component } from 'vue';
import { startMode } from '@/composables/useMode';
import { startLocale } from '@/i18n';
import '@/styles/tokens.css';
import '@/styles/base.css';

export async function startSurface(root: Component, ready: (app: ReturnType<typeof createApp>) => void = () => {}): Promise<void> {
  startMode();
  await startLocale();
  const app = createApp(root);
  app.use(createPinia());
  ready(app);
  app.mount('#app');
}
