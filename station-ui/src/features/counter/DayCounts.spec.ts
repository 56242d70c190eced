import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { useQueue } from '@/stores/queue';
import DayCounts from './DayCounts.vue';

const counts = { waiting: 9, by_appointment: 4, walk_in: 5, missed: 2, held: 1, finished: 31, average_min: 9, off_hours: 6, rated: 29, unrated: 2 };

describe('today in numbers', () => {
  it('is as the node counts it', () => {
    useQueue().queue = { counts, light: 'amber' } as never;
    const page = mount(DayCounts);
    expect(page.findAll('dl > div').map((row) => row.text().replace(/\s+/g, ''))).toEqual(['办结31', '平均9分', '等候●9等候较多', '过号2', '挂起1', '无休6', '已评29', '未评2']);
    expect(page.find('dd.tone-warn').text()).toContain('9');
  });

  it('has no average of too few, and no number that is not known', () => {
    expect(mount(DayCounts).find('dl').exists()).toBe(false);
    useQueue().queue = { counts: { ...counts, average_min: null }, light: 'green' } as never;
    expect(mount(DayCounts).text()).not.toContain('平均');
  });
});
