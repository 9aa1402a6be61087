import { useSignal } from "@preact/signals";
import { Copy, Download, Pause, Pencil, Play, Trash2, X } from "lucide-preact";
import { Action } from "../../kit/Action";
import { Menu } from "../../kit/Menu";
import { saveAs } from "../../lib/download";
import { useDoing } from "../../lib/use-doing";
import type { Campaign } from "../../lib/wire";
import { Ending } from "./Ending";
import { type Lever, pull } from "./levers";

const OVER: readonly Campaign["status"][] = ["completed", "cancelled"];
const UNDER_WAY: readonly Campaign["status"][] = ["scheduled", "running", "paused"];

/** The levers that fit the campaign's state. */
export function Steering({ campaign }: { campaign: Campaign }) {
	const { id, status } = campaign;
	const { doing, go } = useDoing<Lever>();
	const ending = useSignal<"cancel" | "delete" | null>(null);
	return (
		<>
			{campaign.counters.recipients > 0 && <Exports campaign={campaign} />}
			<a class="btn btn-quiet" href={`/campaigns/new?copy=${id}`}>
				<Copy size={15} aria-hidden /> Copy
			</a>
			{!OVER.includes(status) && (
				<a class="btn btn-quiet" href={`/campaigns/new?id=${id}`}>
					<Pencil size={15} aria-hidden /> Edit
				</a>
			)}
			{status === "running" && (
				<Action
					look="btn-quiet"
					busy={doing.value === "pause"}
					busyWord="Pausing…"
					onClick={() => go("pause", () => pull(id, "pause"))}
				>
					<Pause size={15} aria-hidden /> Pause
				</Action>
			)}
			{UNDER_WAY.includes(status) ? (
				<Action look="btn-quiet" class="hover:text-error" onClick={() => (ending.value = "cancel")}>
					<X size={15} aria-hidden /> Cancel campaign
				</Action>
			) : (
				<Action look="btn-quiet" class="hover:text-error" onClick={() => (ending.value = "delete")}>
					<Trash2 size={15} aria-hidden /> Delete
				</Action>
			)}
			{status === "paused" && (
				<Action
					busy={doing.value === "resume"}
					busyWord="Resuming…"
					onClick={() => go("resume", () => pull(id, "resume"))}
				>
					<Play size={15} aria-hidden /> Resume
				</Action>
			)}
			{ending.value && <Ending campaign={campaign} how={ending.value} onClose={() => (ending.value = null)} />}
		</>
	);
}

const FILES = [
	["recipients.csv", "Everybody, with their result", "people"],
	["export.csv", "Every call", "calls"],
] as const;

/** Both views of a campaign, as files. */
function Exports({ campaign: { id, title } }: { campaign: Campaign }) {
	const { doing, go } = useDoing<"export">();
	return (
		<Menu
			label="Export"
			look="btn-quiet"
			face={
				<>
					<Download size={15} aria-hidden /> {doing.value ? "Preparing…" : "Export"}
				</>
			}
		>
			{FILES.map(([file, word, what]) => (
				<button
					key={file}
					type="button"
					class="rail-link w-full text-start"
					onClick={() => go("export", () => saveAs(`/api/campaigns/${id}/${file}`, `${title} (${what}).csv`))}
				>
					{word}
				</button>
			))}
		</Menu>
	);
}
