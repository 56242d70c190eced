// Who is signed in here, and whether the screen is locked. What was typed elsewhere is not touched.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { asProblem, call, reopen, setCsrf, whenLocked, type SignedIn } from '@/api';

export const useSession = defineStore('session', () => {
  const who = ref<SignedIn | null>(null);
  const known = ref(false);
  const locked = computed(() => who.value?.locked === true);
  const open = computed(() => who.value !== null && !who.value.locked);

  function enter(answer: SignedIn): void {
    setCsrf(answer.csrf);
    who.value = answer;
    known.value = true;
    reopen();
  }

  async function resume(): Promise<void> {
    try {
      enter(await call('who_am_i', { background: true }));
    } catch (error) {
      known.value = asProblem(error).status !== 0;
    }
  }

  async function signIn(staff: string, secret: string): Promise<void> {
    enter(await call('sign_in', { body: { staff, secret } }));
  }

  async function firstSignIn(staff: string, code: string, secret: string): Promise<void> {
    enter(await call('first_sign_in', { body: { staff, code, new_secret: secret } }));
  }

  async function signOut(): Promise<void> {
    await call('sign_out');
    setCsrf('');
    who.value = null;
  }

  function shut(): void {
    if (who.value) who.value = { ...who.value, locked: true };
  }
  // At once here, and at the node, even when the page is loaded anew at once: what only a page knows, a reload forgets.
  async function lock(): Promise<void> {
    if (!open.value) return;
    shut();
    await call('lock', { background: true, lasting: true }).catch(() => {});
  }

  whenLocked((problem) => {
    if (problem.isLock) shut();
    else who.value = null;
  });

  return { who, known, locked, open, resume, signIn, firstSignIn, signOut, lock };
});
