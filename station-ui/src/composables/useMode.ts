// How the page looks: light, dark, high contrast, or large for elders. Kept for this browser.
import { readonly, ref } from 'vue';

export const MODES = ['light', 'dark', 'contrast', 'elder'] as const;
export type Mode = (typeof MODES)[number];
const KEPT = 'yz-mode';
const mode = ref<Mode>('light');

export function setMode(wanted: Mode): void {
  mode.value = wanted;
  document.documentElement.dataset['mode'] = wanted;
  localStorage.setItem(KEPT, wanted);
}

export function startMode(): void {
  const kept = localStorage.getItem(KEPT);
  const wanted = MODES.find((each) => each === kept);
  if (wanted) setMode(wanted);
}

export const useMode = () => ({ mode: readonly(mode), setMode });
