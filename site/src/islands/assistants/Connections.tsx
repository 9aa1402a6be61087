import { useSignal } from "@preact/signals";
import { Ban, Check, LoaderCircle, PhoneOff, TriangleAlert } from "lucide-preact";
import { RowsSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { Assistant, AssistantConnection } from "../../lib/wire";
import { connectionsQuery } from "./reads";

const LOOKS = {
	none: { tone: "plain", icon: PhoneOff, word: "No assistant" },
	pending: { tone: "busy", icon: LoaderCircle, word: "Connecting…" },
	active: { tone: "good", icon: Check, word: "Answering" },
	error: { tone: "bad", icon: TriangleAlert, word: "Not connected" },
} as const;

/** Every number with the assistant that answers it, and a choice of others. */
export function Connections({ assistants }: { assistants: Assistant[] }) {
	const connections = useRead(connectionsQuery);
	return (
		<section aria-labelledby="connections">
			<h2 id="connections" class="mb-3 text-lg">
				Who answers your numbers
			</h2>
			{connections.isPending && <RowsSkeleton rows={3} columns={3} label="Loading your numbers" />}
			{connections.isError && (
				<Trouble what="Your numbers did not load." error={connections.error} again={connections.again} />
			)}
			{connections.data?.length === 0 && (
				<p class="card text-muted p-5 text-sm">
					You have no number yet.{" "}
					<a class="link" href="/numbers/buy">
						Buy one
					</a>
					, then choose here who answers it.
				</p>
			)}
			{!!connections.data?.length && (
				<ul class="card divide-y divide-[var(--line)]">
					{connections.data.map((connection) => (
						<ConnectionRow key={connection.phoneNumberId} connection={connection} assistants={assistants} />
					))}
				</ul>
			)}
		</section>
	);
}

function ConnectionRow({ connection, assistants }: { connection: AssistantConnection; assistants: Assistant[] }) {
	const busy = useSignal<string | null>(null);
	const trouble = useSignal("");
	const { phoneNumberId: id, formatted, label, assistantId, wantedAssistantId: wanted, status } = connection;
	const nameOf = (wantedId: string | null) => assistants.find((each) => each.id === wantedId)?.name;

	async function choose(chosen: string) {
		busy.value = chosen;
		trouble.value = "";
		try {
			const reply = api["phone-numbers"][":id"].$put({ param: { id }, json: { assistantId: chosen || null } });
			const number = await said(reply);
			const name = nameOf(number.assistantId);
			if (number.assistantId === (chosen || null))
				tell(name ? `${name} answers ${formatted}.` : `${formatted} is answered as before.`);
		} catch (error) {
			trouble.value = reasonOf(error);
		}
		await changed("assistant-connections", "numbers");
		busy.value = null;
	}

	const look = busy.value === null ? LOOKS[status] : LOOKS.pending;
	const problem = sentence(trouble.value || connection.error || "");
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 lg:px-5">
			<div class="min-w-0 flex-1 basis-44">
				<p class="phone truncate font-medium">{formatted}</p>
				<p class="text-muted truncate text-xs">{label || "No label"}</p>
			</div>
			<span class="w-36 flex-none" role="status">
				<State {...look} />
			</span>
			{connection.canVoice ? (
				<select
					class="select w-52 max-sm:w-full"
					aria-label={`Who answers ${formatted}`}
					value={busy.value ?? assistantId ?? ""}
					disabled={busy.value !== null || status === "pending"}
					onChange={(event) => void choose(event.currentTarget.value)}
				>
					<option value="">No assistant</option>
					{assistants
						.filter((each) => each.status === "active" || each.id === assistantId)
						.map((each) => (
							<option key={each.id} value={each.id}>
								{each.name}
							</option>
						))}
				</select>
			) : (
				<span class="text-muted flex w-52 items-center gap-2 text-sm">
					<Ban size={15} aria-hidden /> Takes no calls
				</span>
			)}
			{problem && (
				<div class="flex basis-full flex-wrap items-center gap-x-4 gap-y-2 text-sm">
					<p class="text-error min-w-0 flex-1 basis-60" role="alert">
						{problem} {nameOf(assistantId) ? `${nameOf(assistantId)} still answers.` : "Calls go on as before."}
					</p>
					{status === "error" && busy.value === null && nameOf(wanted) && (
						<button type="button" class="btn btn-quiet btn-sm" onClick={() => void choose(wanted ?? "")}>
							Try {nameOf(wanted)} again
						</button>
					)}
				</div>
			)}
		</li>
	);
}

/** The provider's words, which may end in the middle of nothing. */
const sentence = (words: string) => (words && !/[.!?]$/.test(words) ? `${words}.` : words);
