// Eight characters, one by one by keyboard or touch; sent when the eighth is there.
import { computed, onScopeDispose, ref } from 'vue';
import { asProblem, type Problem } from '@/api';
import { t } from '@/i18n';
import { useDevice } from '@/stores/device';
import { CODE_LENGTH, codeOf } from './pairingCode';

export function usePairing() {
  const device = useDevice();
  const code = ref('');
  const busy = ref(false);
  const wrong = ref('');
  const waitS = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  const locked = computed(() => busy.value || waitS.value > 0);

  function wait(seconds: number): void {
    clearInterval(timer);
    waitS.value = seconds;
    if (seconds > 0) timer = setInterval(() => { if (--waitS.value <= 0) clearInterval(timer); }, 1000);
  }
  onScopeDispose(() => clearInterval(timer));

  function tell(problem: Problem): void {
    code.value = '';
    wait(problem.retryAfterS);
    if (problem.status === 0) wrong.value = t('pair.no_answer');
    else wrong.value = problem.code === 'Throttled' ? t('pair.too_often') : t('pair.wrong');
  }

  async function send(): Promise<void> {
    busy.value = true;
    try {
      await device.pair(code.value);
    } catch (error) {
      tell(asProblem(error));
    } finally {
      busy.value = false;
    }
  }

  function type(signs: string): void {
    if (locked.value) return;
    wrong.value = '';
    code.value = codeOf(code.value + signs);
    if (code.value.length === CODE_LENGTH) void send();
  }
  const back = (): void => { if (!locked.value) code.value = code.value.slice(0, -1); };

  return { code, busy, wrong, waitS, locked, type, back };
}
