/** What a span says beside its name and its time. Never a name, an address, a token or what people wrote. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/** A span whose work is going on. */
export interface OpenSpan {
  tell(facts: SpanFacts): void;
}

/** Tells where time goes, as spans within spans. */
export interface Tracer {
  /** Work that came from outside: a trace begins. What it rejects with passes through. */
  root<T>(name: string, facts: SpanFacts, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** A part of such work; outside of any, the work runs without a span. */
  part<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Sends what is left. Never rejects. */
  close(): Promise<void>;
}
