// The business badge of an appointment: shape and tone for each life.
import type { Life } from '@/api';
import type { Tone } from '@/ui/tone';

const look = (icon: string, tone: Tone) => ({ icon, tone });
export const LIFE_LOOK: Record<Life, { icon: string; tone: Tone }> = {
  submitted: look('○', 'wait'), confirmed: look('✓', 'ok'), rescheduled: look('✓', 'ok'), tentative: look('◐', 'prov'),
  counter_offered: look('◐', 'prov'), waitlisted: look('◐', 'prov'), rejected: look('✕', 'danger'), cancelled_by_client: look('○', 'wait'),
  cancelled_by_station: look('!', 'warn'), checked_in: look('●', 'primary'), in_service: look('●', 'primary'), fulfilled: look('✓', 'ok'),
  no_show: look('○', 'wait'), no_show_excused: look('○', 'wait'), expired: look('○', 'wait'), disputed: look('!', 'warn'),
};
