import { startSurface } from '../start';
import EvalApp from './EvalApp.vue';

void startSurface(EvalApp);
