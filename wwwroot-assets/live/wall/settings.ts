// What the page was drawn with, from its data attributes.

/** Unit in seconds, exclusive end in seconds (0: none), wording for one and for many. */
export type AgeStep = readonly [unit: number, until: number, one: string, many: string];
export type AgeTable = { readonly single: readonly AgeStep[]; readonly double: readonly AgeStep[] };

export type Settings = {
  readonly channel: string;
  readonly culture: string;
  readonly build: string;
  /** The server's time when it drew the page. */
  readonly at: string;
  readonly asOf: string | undefined;
  readonly zone: string;
  readonly ages: AgeTable;
  readonly texts: Readonly<Record<string, string>>;
};

export function readSettings(root: HTMLElement): Settings {
  const data = root.dataset;
  return {
    channel: data.channel ?? "wall/default",
    culture: data.culture ?? "vi",
    build: data.build ?? "",
    at: data.at ?? new Date().toISOString(),
    asOf: data.asOf,
    zone: data.zone ?? "Asia/Ho_Chi_Minh",
    ages: JSON.parse(data.ages ?? '{"single":[],"double":[]}') as AgeTable,
    texts: JSON.parse(data.texts ?? "{}") as Record<string, string>,
  };
}

/** The page's texts hold {0}, {1} … as the server's do. */
export function fill(template: string, ...values: (string | number)[]): string {
  return values.reduce<string>((text, value, index) => text.replace(`{${index}}`, String(value)), template);
}
