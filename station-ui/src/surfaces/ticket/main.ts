import { startSurface } from '../start';
import TicketApp from './TicketApp.vue';

void startSurface(TicketApp);
