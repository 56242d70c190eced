import HallScreen from '@/features/hall/HallScreen.vue';
import { startSurface } from '../start';

void startSurface(HallScreen);
