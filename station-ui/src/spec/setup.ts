import { enableAutoUnmount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, vi } from 'vitest';
import { FakeEventSource } from './events';

enableAutoUnmount(afterEach);

// A spec that reaches for the network is wrong: what the node answers is given by each spec.
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  setActivePinia(createPinia());
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('no network in a spec'))));
});
