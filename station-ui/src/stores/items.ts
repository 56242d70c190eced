// The service items of this station: loaded once, searched by code, pinyin initials or name.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { call, type Item } from '@/api';
import { initialsOf } from '@/i18n/initials';

const SHOWN_MAX = 10;

export const useItems = defineStore('items', () => {
  const items = ref<Item[]>([]);
  const keyed = computed(() => items.value.map((item) => ({ item, initials: initialsOf(item.name), code: item.code.toLowerCase() })));

  async function load(): Promise<void> {
    if (items.value.length > 0) return;
    items.value = (await call('items', { background: true })).items;
  }

  // Best first: code, then initials from the start, then anywhere; of equal ones, what those `groups` hold.
  function search(text: string, groups: string[] = []): Item[] {
    const wanted = text.trim().toLowerCase();
    const rank = (row: { item: Item; initials: string; code: string }): number => {
      if (wanted === '' || row.code.startsWith(wanted)) return 0;
      if (row.initials.startsWith(wanted)) return 1;
      return row.item.name.includes(wanted) || row.initials.includes(wanted) ? 2 : 3;
    };
    const place = (row: { item: Item; initials: string; code: string }): number => rank(row) + (groups.includes(row.item.group) ? 0 : 0.5);
    return keyed.value.map((row) => ({ item: row.item, at: place(row) })).filter((row) => row.at < 3)
      .sort((a, b) => a.at - b.at).slice(0, SHOWN_MAX).map((row) => row.item);
  }

  const nameOf = (code: string): string => items.value.find((item) => item.code === code)?.name ?? code;
  const groupOf = (code: string): string => items.value.find((item) => item.code === code)?.group ?? '';

  const materialsOf = (code: string): string[] => items.value.find((item) => item.code === code)?.materials ?? [];
  // Of what was marked, what this item asks for too.
  const askedFor = (code: string, marked: string[]): string[] => materialsOf(code).filter((material) => marked.includes(material));
  const needsUpstream = (code: string): boolean => items.value.find((item) => item.code === code)?.upstream ?? false;

  return { items, load, search, nameOf, groupOf, materialsOf, askedFor, needsUpstream };
});
