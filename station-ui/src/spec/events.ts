// The node's stream of events, for specs. Imports nothing of the app: the setup loads it before anything is mocked.
type Told = (event: { data: string }) => void;
const sources: Map<string, Told[]>[] = [];
export class FakeEventSource {
  static readonly CLOSED = 2;
  readyState = 1;
  private readonly told = new Map<string, Told[]>();
  constructor() { sources.push(this.told); }
  addEventListener(name: string, told: Told): void { this.told.set(name, [...(this.told.get(name) ?? []), told]); }
  close(): void { sources.splice(sources.indexOf(this.told), 1); }
}
// The node says something to every page.
export function tellEvent(name: string, data: unknown = {}): void {
  for (const source of [...sources]) source.get(name)?.forEach((told) => told({ data: JSON.stringify(data) }));
}

