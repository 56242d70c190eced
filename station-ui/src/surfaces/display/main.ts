import { startSurface } from '../start';
import DisplayApp from './DisplayApp.vue';

void startSurface(DisplayApp);
