// The state chip: the one place that turns Status into what the chip shows.
import type { Status } from '@/api';
import { t } from '@/i18n';
import { joined, momentText } from '@/i18n/moments';
import type { Tone } from '@/ui/tone';

export type ChipState =
  'received' | 'sending' | 'offline' | 'overdue' | 'on_media' | 'district_only' | 'unknown' | 'cannot_save' | 'hub';


export interface Chip {
  state: ChipState;
  pending: number | null;
  to_city: number | null;
  since_ms: number | null;
  days: number;
  agreed_days: number;
}

const DAY_MS = 86_400_000;
const DAY_S = 86_400;

export function chipOf(status: Status, nowMs: number): Chip {
  const counts = status.counts;
  const since = status.last_contact_ms;
  const agreed = status.agreed_interval_s ?? 0;
  const away = since === null ? 0 : nowMs - since;
  const chip = {
    pending: counts?.pending ?? null,
    to_city: counts ? counts.saved - counts.received : null,
    since_ms: since,
    days: Math.max(0, Math.floor(away / DAY_MS)),
    agreed_days: Math.round(agreed / DAY_S),
  };
  return { ...chip, state: stateOf(status, agreed > 0 && away > agreed * 1000) };
}

function stateOf(status: Status, overdue: boolean): ChipState {
  const counts = status.counts;
  if (!status.can_save) return 'cannot_save';
  if (status.role === 'hub') return 'hub';
  if (!counts) return 'unknown';
  if (!status.connected) return overdue ? 'overdue' : 'offline';
  if (counts.pending > 0) return 'sending';
  return counts.received < counts.saved ? 'district_only' : 'received';
}

export const CHIP_LOOK: Record<ChipState, { icon: string; tone: Tone }> = {
  received: { icon: '●', tone: 'ok' },
  sending: { icon: '◐', tone: 'primary' },
  offline: { icon: '○', tone: 'wait' },
  overdue: { icon: '!', tone: 'warn' },
  on_media: { icon: '▣', tone: 'wait' },
  district_only: { icon: '◐', tone: 'primary' },
  unknown: { icon: '?', tone: 'warn' },
  cannot_save: { icon: '✕', tone: 'danger' },
  hub: { icon: '●', tone: 'ok' },
};

export function chipText(chip: Chip, nowMs: number): string {
  const pending = chip.pending ?? 0;
  const last = chip.since_ms === null ? '' : t('chip.last_contact', { when: momentText(chip.since_ms, nowMs) });
  switch (chip.state) {
    case 'received': return t('chip.received');
    case 'sending': return t('chip.sending', { pending });
    case 'district_only': return t('chip.district_only', { to_city: chip.to_city ?? 0 });
    case 'offline': return joined(pending > 0 ? t('chip.offline', { pending }) : t('chip.offline_clear'), last);
    case 'overdue': return t('chip.overdue', { days: chip.days, agreed: chip.agreed_days });
    case 'on_media': return t('chip.on_media', { pending });
    case 'unknown': return t('chip.unknown');
    case 'cannot_save': return t('chip.cannot_save');
    case 'hub': return t('chip.hub');
  }
}
