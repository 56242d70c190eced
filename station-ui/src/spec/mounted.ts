// A composable within a component, as it is used; gives what it returned, and the end of the component.
import { mount } from '@vue/test-utils';
import { defineComponent } from 'vue';

export function mounted<T>(work: () => T): { result: T; end: () => void } {
  let result!: T;
  const page = mount(defineComponent({
    setup() {
      result = work();
      return () => null;
    },
  }));
  return { result, end: () => page.unmount() };
}
