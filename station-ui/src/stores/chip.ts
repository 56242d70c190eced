// The state chip: what the node says of its sending, as icon and words. The browser adds nothing up.
import type { Schemas } from '@/api';
import { t } from '@/i18n';
import { joined, momentText } from '@/i18n/moments';
import type { Tone } from '@/ui/tone';

export type Chip = Schemas['Chip'];
export type ChipState = Chip['state'];

export const CHIP_LOOK: Record<ChipState, { icon: string; tone: Tone }> = {
  received: { icon: '●', tone: 'ok' },
  sending: { icon: '◐', tone: 'primary' },
  offline: { icon: '○', tone: 'wait' },
  overdue: { icon: '!', tone: 'warn' },
  on_media: { icon: '▣', tone: 'wait' },
  district_only: { icon: '◐', tone: 'primary' },
  unknown: { icon: '?', tone: 'warn' },
  cannot_save: { icon: '✕', tone: 'danger' },
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
  }
}
