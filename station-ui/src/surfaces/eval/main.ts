import { startSurface } from '../start';
import App from './App.vue';

void startSurface(App);
