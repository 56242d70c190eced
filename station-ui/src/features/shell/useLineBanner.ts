// The banner about the line upwards: once an outage after 60 s, closed by hand, and a word when it is over.
import { computed, ref, watch } from 'vue';
import { t } from '@/i18n';
import { useNode } from '@/stores/node';

const SHOWN_AFTER_MS = 60_000;
const BACK_SHOWN_MS = 8_000;

export function useLineBanner() {
  const node = useNode();
  const downSinceMs = ref<number | null>(null);
  const closed = ref(false);
  const backUntilMs = ref(0);
  const isDown = computed(() => node.status !== null && node.status.role !== 'hub' && !node.status.connected);
  const told = computed(() => downSinceMs.value !== null && node.nowMs - downSinceMs.value >= SHOWN_AFTER_MS);

  watch(isDown, (down) => {
    if (!down && told.value) backUntilMs.value = node.nowMs + BACK_SHOWN_MS;
    downSinceMs.value = down ? (node.status?.last_contact_ms ?? node.nowMs) : null;
    closed.value = false;
  }, { immediate: true, flush: 'sync' });

  const text = computed(() => {
    if (isDown.value) return told.value && !closed.value ? t('node.line_down') : '';
    if (node.nowMs >= backUntilMs.value) return '';
    const pending = node.chip?.pending ?? 0;
    return pending > 0 ? t('node.line_back', { pending }) : t('node.line_back_clear');
  });
  const close = (): void => {
    closed.value = true;
    backUntilMs.value = 0;
  };
  return { text, close };
}
