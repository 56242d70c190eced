// What staff are told of the machines in the hall, whichever page they are on.
import { onMounted, onScopeDispose } from 'vue';
import { listen, type NodeEvent } from '@/api';
import { hasText, t } from '@/i18n';
import { useNotices } from '@/stores/notices';

export function useHallNotices(): void {
  const notices = useNotices();
  let stop = (): void => {};

  function hear(event: NodeEvent): void {
    if (event.name !== 'device') return;
    const { name, problem } = event.data as { name: string; problem: string };
    const key = `print.${problem}`;
    notices.fail(t('hall.not_printed', { name, why: hasText(key) ? t(key) : problem }));
  }
  onMounted(() => { stop = listen(hear); });
  onScopeDispose(() => stop());
}
