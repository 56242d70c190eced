import 'element-plus/theme-chalk/base.css';
import { startSurface } from '../start';
import HubApp from './HubApp.vue';
import { router } from './routes';

void startSurface(HubApp, (app) => app.use(router));
