import { afterEach, describe, expect, it, vi } from 'vitest';
import { useNotices } from './notices';

afterEach(() => { vi.useRealTimers(); });

describe('notices', () => {
  it('of a save go after 3 s; a failure stays until it is closed', () => {
    vi.useFakeTimers();
    const notices = useNotices();
    notices.fail('没有保存');
    notices.say('已存本机');
    expect(notices.notices.map((notice) => notice.text)).toEqual(['没有保存', '已存本机']);
    vi.advanceTimersByTime(3_000);
    expect(notices.notices.map((notice) => notice.text)).toEqual(['没有保存']);
    notices.close(notices.notices[0]?.id ?? 0);
    expect(notices.notices).toEqual([]);
  });

  it('follow one another: the newest word of each kind only', () => {
    const notices = useNotices();
    notices.say('一');
    notices.say('二');
    notices.fail('三');
    notices.fail('四');
    expect(notices.notices.map((notice) => notice.text)).toEqual(['四']);
  });
});
