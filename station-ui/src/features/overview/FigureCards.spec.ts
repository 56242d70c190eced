import { describe, expect, it } from 'vitest';
import { open } from '@/spec/node';
import FigureCards from './FigureCards.vue';

const parts = (count: number): { name: string; value: string }[] => Array.from({ length: count }, (_, at) => ({ name: `部分${at}`, value: String(at) }));

describe('the figures of a day', () => {
  it('stand each with its parts, and with room for many of them', async () => {
    const { page } = await open(FigureCards, { props: { figures: [{ name: '已预约', value: '12', parts: parts(1) }, { name: '无休', value: '5', parts: parts(5) }, { name: '已到场', value: '9' }] } });
    const cards = page.findAll('.figure-cards > li');
    expect(cards.map((card) => card.find('strong').text())).toEqual(['12', '5', '9']);
    expect(cards.map((card) => card.findAll('dt').length)).toEqual([1, 5, 0]);
    expect(cards.map((card) => card.classes('is-wide'))).toEqual([false, true, false]);
  });
});
