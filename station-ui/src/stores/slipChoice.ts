// Which slip a booking gets at this counter. The browser stands at the counter, so it keeps the choice.
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { SlipPaper } from './paper';

export const SLIP_CHOICES = ['80mm', 'a5', 'none'] as const;
export type SlipChoice = (typeof SLIP_CHOICES)[number];
const KEPT = 'yz-slip';

const kept = (): SlipChoice => SLIP_CHOICES.find((each) => each === localStorage.getItem(KEPT)) ?? '80mm';

export const useSlipChoice = defineStore('slipChoice', () => {
  const choice = ref<SlipChoice>(kept());
  watch(choice, (chosen) => localStorage.setItem(KEPT, chosen));

  const prints = computed(() => choice.value !== 'none');
  // What a slip that somebody asks for by itself comes on.
  const paper = computed<SlipPaper>(() => (choice.value === 'none' ? '80mm' : choice.value));
  return { choice, prints, paper };
});
