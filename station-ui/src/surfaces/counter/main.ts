import 'element-plus/theme-chalk/base.css';
import { startSurface } from '../start';
import CounterApp from './CounterApp.vue';
import { router } from './routes';

void startSurface(CounterApp, (app) => app.use(router));
