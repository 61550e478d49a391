// The inside of the LineChart component: ApexCharts 4.7, whose options are the ones that Blazor-ApexCharts would write.
import ApexCharts from "apexcharts";

interface Series { name: string; values: (number | null)[]; style: "main" | "reference" | "plan" }
interface Level { name: string; value: number; kind: "target" | "warning" | "critical" }
/** From here on the figures mean something else: before the label of that place, or at that time. */
interface Break { at: number | null; time: number | null; name: string }
interface Model { labels: string[]; series: Series[]; levels: Level[]; unit: string; decimals: number; language: string; times: number[] | null; breaks: Break[] }

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** From a round number to a round number in four to six round steps that the indicator's decimals can say. */
const niceAxis = (bottom: number, top: number, decimals: number) => {
  const room = (top - bottom) * 0.06 || 10 ** -decimals;
  const [low, high] = [bottom >= 0 ? Math.max(0, bottom - room) : bottom - room, top + room];
  const rough = Math.max((high - low) / 5, 10 ** -decimals);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough && Math.abs(s * 10 ** decimals - Math.round(s * 10 ** decimals)) < 1e-9) ?? 10 * power;
  const [min, max] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const digits = [0, 1, 2, 3, 4].find(d => Math.abs(step * 10 ** d - Math.round(step * 10 ** d)) < 1e-9) ?? decimals;
  return { min, max, ticks: Math.round((max - min) / step), digits };
};

const labelSize = 11, labelLine = 14, axisRoom = 40, scaleRoom = 60;

/** How far each label is lifted (px, lowest level first) so that two that lie close stand one above the other. */
const lifts = (values: number[], pixels: number) => {
  let below = -Infinity;
  return values.map(value => {
    const lift = Math.max(0, below + labelLine - value * pixels);
    below = value * pixels + lift;
    return lift;
  });
};

const widest = (texts: string[], font: string) => {
  const context = document.createElement("canvas").getContext("2d")!;
  context.font = `${labelSize}px ${font}`;
  return Math.ceil(Math.max(0, ...texts.map(text => context.measureText(text).width)));
};

const options = (model: Model, { clientWidth: width, clientHeight: height }: HTMLElement) => {
  const { times } = model;
  const number = new Intl.NumberFormat(model.language, { maximumFractionDigits: model.decimals });
  const format = (value: number | null | undefined) => (value === null || value === undefined ? "—" : number.format(value).replace("-", "−"));
  const [text, dim, line, main] = [colour("--text-2"), colour("--text-3"), colour("--line-soft") || colour("--line"), colour("--text")];
  const levelColour = { target: colour("--mark"), warning: colour("--status-warning"), critical: colour("--status-critical") };
  const font = { fontFamily: colour("--font-figure"), fontSize: `${labelSize}px` };
  const values = model.series.flatMap(s => s.values).filter(v => v !== null);
  // A limit far from the values would flatten them: it is drawn only when the picture keeps its shape.
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(high - low, Math.abs(high) * 0.02, 10 ** -model.decimals);
  const levels = model.levels.filter(l => l.value >= low - span * 1.5 && l.value <= high + span * 1.5).sort((a, b) => a.value - b.value);
  const [bottom, top] = [Math.min(low, ...levels.map(l => l.value)), Math.max(high, ...levels.map(l => l.value))];
  const axis = niceAxis(bottom, top, model.decimals);
  // Their names stand beside the picture: over the lines they would hide points, and read as a gap in the data.
  const names = levels.map(l => `${l.name} ${format(l.value)}`);
  const room = levels.length === 0 ? 16 : widest(names, font.fontFamily) + 14;
  const ticks = Math.floor((width - room - scaleRoom) / (widest(model.labels, font.fontFamily) + 16));
  const raised = lifts(levels.map(l => l.value), (height - axisRoom) / (axis.max - axis.min));
  const tick = new Intl.NumberFormat(model.language, { minimumFractionDigits: axis.digits, maximumFractionDigits: axis.digits });
  return {
    chart: {
      type: "line", height: "100%", width: "100%", background: "transparent", fontFamily: colour("--font-text"), foreColor: text,
      animations: { enabled: false }, toolbar: { show: false }, zoom: { enabled: false }, parentHeightOffset: 0,
    },
    series: model.series.map(s => ({ name: s.name, data: times ? s.values.map((y, i) => ({ x: times[i], y })) : s.values })),
    colors: model.series.map(s => (s.style === "main" ? main : s.style === "plan" ? colour("--mark") : dim)),
    stroke: { width: model.series.map(s => (s.style === "main" ? 2 : 1.4)), dashArray: model.series.map(s => (s.style === "reference" ? 4 : 0)), curve: "straight" },
    markers: { size: model.series.map(s => (s.style === "main" && model.labels.length <= 40 ? 3 : 0)), strokeWidth: 0, hover: { sizeOffset: 2 } },
    xaxis: {
      // Measurements do not come evenly: they stand at their time. Periods have one place each.
      ...(times ? { type: "datetime" } : { categories: model.labels, tickAmount: Math.max(1, Math.min(model.labels.length - 1, 12, ticks)), tickPlacement: "on" }),
      labels: {
        style: { ...font, colors: text }, rotate: 0, hideOverlappingLabels: true, trim: false,
        ...(times && { datetimeFormatter: { year: "yyyy", month: "MM/yyyy", day: "dd/MM", hour: "HH:mm", minute: "HH:mm" } }),
      },
      axisBorder: { color: line }, axisTicks: { color: line }, tooltip: { enabled: false }, crosshairs: { stroke: { color: dim, dashArray: 3 } },
    },
    yaxis: {
      min: axis.min, max: axis.max, tickAmount: axis.ticks,
      labels: { style: { ...font, colors: text }, formatter: (v: number) => tick.format(v).replace("-", "−") },
    },
    annotations: {
      xaxis: model.breaks.map(b => ({
        x: times ? b.time! : model.labels[b.at!]!, borderColor: text, strokeDashArray: 6, borderWidth: 1.5,
        label: { text: b.name, orientation: "horizontal", position: "top", textAnchor: b.at !== null && b.at > model.labels.length / 2 ? "end" : "start", offsetX: b.at !== null && b.at > model.labels.length / 2 ? -6 : 6, offsetY: 4, borderWidth: 0,
          style: { ...font, background: "transparent", padding: { left: 0, right: 0, top: 0, bottom: 0 }, color: text } },
      })),
      yaxis: levels.map((l, i) => ({
        y: l.value, borderColor: levelColour[l.kind], strokeDashArray: l.kind === "target" ? 0 : 3, borderWidth: 1.2,
        label: { text: names[i], position: "right", textAnchor: "start", offsetX: 6, offsetY: 4 - raised[i]!, borderWidth: 0,
          style: { ...font, background: "transparent", padding: { left: 0, right: 0, top: 0, bottom: 0 }, color: l.kind === "target" ? text : levelColour[l.kind] } },
      })),
    },
    grid: { borderColor: line, strokeDashArray: 0, padding: { left: 8, right: room, top: -8, bottom: 0 } },
    legend: { show: false },
    tooltip: { ...(times && { x: { formatter: (_: number, at?: { dataPointIndex: number }) => model.labels[at?.dataPointIndex ?? 0] ?? "" } }), theme: document.documentElement.dataset["theme"] === "light" ? "light" : "dark", y: { formatter: (v: number | null) => `${format(v)} ${model.unit}` }, style: { fontSize: "12px" } },
    states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
  };
};

/** Draws into the element and keeps the picture in step with theme and model until disposed. */
export const mount = async (element: HTMLElement | null, model: Model) => {
  // The page may have taken its place away while the message was under way.
  if (!element?.isConnected) return { update() {}, dispose() {} };
  let shown = model;
  const chart = new ApexCharts(element, options(shown, element));
  await chart.render();
  const recolour = () => void chart.updateOptions(options(shown, element), true, false);
  document.addEventListener("ioc-theme", recolour);
  return {
    async update(next: Model) {
      shown = next;
      await chart.updateOptions(options(shown, element), true, false);
    },
    dispose() {
      document.removeEventListener("ioc-theme", recolour);
      chart.destroy();
    },
  };
};
