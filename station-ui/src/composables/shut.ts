// Whether the page is shut: nobody is signed in, or the screen is locked. Then its keys, and what is scanned, do nothing.
import { onScopeDispose } from 'vue';

let shut: () => boolean = () => false;
export const isShut = (): boolean => shut();

export function shutWhile(condition: () => boolean): void {
  shut = condition;
  onScopeDispose(() => { shut = () => false; });
}
