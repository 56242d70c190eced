import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, vi } from 'vitest';

class SilentStream extends EventTarget { close(): void {} }

// A spec that reaches for the network is wrong: what the node answers is given by each spec.
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  setActivePinia(createPinia());
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('no network in a spec'))));
  vi.stubGlobal('EventSource', SilentStream);
});
