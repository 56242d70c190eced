// The divisions of the city by name: loaded once. A path that is not known is shown as it is.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call } from '@/api';
import { joined } from '@/i18n/moments';

export const useDivisions = defineStore('divisions', () => {
  const names = ref(new Map<string, string>());

  async function load(): Promise<void> {
    if (names.value.size > 0) return;
    const { divisions } = await call('divisions', { background: true });
    names.value = new Map(divisions.map((each) => [each.path, each.name]));
  }

  const nameOf = (path: string): string => names.value.get(path) ?? path;
  // From the city down: 阳泉市 · 郊区 · 荫营镇.
  function wholeNameOf(path: string): string {
    if (!names.value.has(path)) return path;
    const codes = path.split('/');
    return joined(...codes.map((_, at) => nameOf(codes.slice(0, at + 1).join('/'))));
  }
  return { load, nameOf, wholeNameOf };
});
