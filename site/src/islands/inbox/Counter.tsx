import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api, said } from "../../lib/api";
import type { MessagePreview } from "../../lib/wire";
import { count, counted, money } from "../../lib/words";
import type { Attachment } from "./media";

/** Characters in one message. */
export const LONGEST = 1_600;
const TYPED_MS = 300;

/** Variables of a template that nobody has filled in. */
export const openVariables = (body: string) => body.match(/\{\{\s*[\p{L}\p{N}_.-]+\s*\}\}/gu) ?? [];

interface Props {
	from: string;
	to: string | null;
	body: string;
	files: readonly Attachment[];
	isNote: boolean;
}

/** How long the message is, how the network cuts it, and what it costs; the server counts, so it is what will be paid. */
export function Counter({ from, to, body, files, isNote }: Props) {
	const preview = useSignal<MessagePreview | null>(null);
	const media = files.flatMap(({ url }) => url ?? []).join(" ");
	useEffect(() => {
		if (isNote || (!body.trim() && !media) || body.length > LONGEST) {
			preview.value = null;
			return;
		}
		let wanted = true;
		const timer = setTimeout(() => {
			const json = {
				...(from ? { from } : {}),
				...(to ? { to } : {}),
				body,
				...(media ? { mediaUrls: media.split(" ") } : {}),
			};
			said(api.messages.preview.$post({ json })).then(
				(told) => {
					if (wanted) preview.value = told;
				},
				() => {
					if (wanted) preview.value = null; // only a help: sending says what is wrong
				},
			);
		}, TYPED_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [from, to, body, media, isNote]);
	const open = openVariables(body);
	return (
		<p id="composer-count" class="text-muted num ms-auto flex flex-wrap justify-end gap-2 text-end text-xs">
			{isNote && <span>Only your team sees notes.</span>}
			{!isNote && <Told preview={preview.value} body={body} open={open} />}
		</p>
	);
}

function Told({ preview, body, open }: { preview: MessagePreview | null; body: string; open: string[] }) {
	if (body.length > LONGEST)
		return (
			<span class="text-error font-medium">
				{count(body.length)} of {count(LONGEST)} characters
			</span>
		);
	if (open[0]) return <span class="text-warning-ink font-medium">Fill in {open[0]} before you send it</span>;
	if (preview?.refusal === "country_closed")
		return <span class="text-warning-ink font-medium">Your account does not reach this country</span>;
	if (!preview)
		return (
			<span class="max-sm:hidden">
				<kbd class="kbd">Enter</kbd> sends, <kbd class="kbd">Shift</kbd> <kbd class="kbd">Enter</kbd> a new line
			</span>
		);
	return (
		<>
			{preview.used > 0 && (
				<span title={`${preview.encoding}: ${preview.perSegment} places in each message of the network`}>
					{count(preview.left)} left
				</span>
			)}
			{preview.segments > 0 && <span>{counted(preview.segments, "segment")}</span>}
			{preview.cost && <span class="font-medium">{money(preview.cost.amountMicros, preview.cost.currency)}</span>}
		</>
	);
}
