// One event stream for all pages of this browser: an origin has six connections, and each stream keeps one.
// The page that holds the lock reads the stream and passes every event on; when it goes, another takes over.
export type EventName = 'status' | 'appointment' | 'queue' | 'window' | 'device' | 'help' | 'reset' | 'heartbeat' | 'open';
export interface NodeEvent { name: EventName; data: unknown }

const NAMES: EventName[] = ['status', 'appointment', 'queue', 'window', 'device', 'help', 'reset', 'heartbeat'];
const RETRY_MS = 2_000;
type Listener = (event: NodeEvent) => void;

const listeners = new Set<Listener>();
let channel: BroadcastChannel | null = null;
let source: EventSource | null = null;

const tell = (event: NodeEvent): void => listeners.forEach((listener) => listener(event));

function pass(name: EventName, data: unknown): void {
  tell({ name, data });
  channel?.postMessage({ name, data });
}

function open(): void {
  source?.close();
  const stream = new EventSource('/api/v1/events');
  source = stream;
  stream.addEventListener('open', () => pass('open', null));
  for (const name of NAMES) {
    stream.addEventListener(name, (event: MessageEvent<string>) => pass(name, event.data ? JSON.parse(event.data) : null));
  }
  // A browser gives up a stream that its server refused; the page never does.
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED && source === stream) setTimeout(open, RETRY_MS);
  });
}

function lead(): Promise<never> {
  open();
  return new Promise<never>(() => {});
}

function begin(): void {
  if (!('BroadcastChannel' in globalThis) || !navigator.locks) return open();
  channel = new BroadcastChannel('yz-events');
  channel.onmessage = (message: MessageEvent<NodeEvent | 'reopen'>) => {
    if (message.data !== 'reopen') tell(message.data);
    else if (source) open();
  };
  void navigator.locks.request('yz-events', lead);
}

// Calls `listener` with each event; gives the function that ends it.
export function listen(listener: Listener): () => void {
  const first = listeners.size === 0 && source === null && channel === null;
  listeners.add(listener);
  if (first) begin();
  return () => { listeners.delete(listener); };
}

// After a sign-in the stream has to be asked for anew: what it may tell depends on who reads.
export function reopen(): void {
  if (source) open();
  else channel?.postMessage('reopen');
}
