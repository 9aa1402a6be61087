import { useSignal } from "@preact/signals";
import { Plus } from "lucide-preact";
import { Field } from "../../kit/Field";
import { later } from "../../kit/later";
import { PeopleChoice } from "../../kit/PeopleChoice";
import { api, said } from "../../lib/api";
import { membersQuery, queuesQuery, sipProvidersQuery, transfersQuery } from "../../lib/reads";
import { session } from "../../lib/session";
import { useRead } from "../../lib/use-read";
import { Step } from "./Step";
import type { PartProps } from "./types";

const TransferDialog = later(() => import("../transfers/TransferDialog").then((part) => part.TransferDialog));

/** As many browsers ring at once. */
const MOST_AGENTS = 10;

/** Who takes the calls of those who press 1. */
export function Answering({ draft, set, wrong }: PartProps) {
	const transfers = useRead(transfersQuery);
	const adding = useSignal(false);
	const assistants = useRead({
		key: ["assistants", "names"],
		read: () => said(api.assistants.$get({ query: { limit: "100" } })),
	});
	const providers = useRead(sipProvidersQuery);
	const queues = useRead(queuesQuery);
	const members = useRead(membersQuery);
	const userId = session.value?.user.id;
	const active = (members.data ?? []).filter(({ status }) => status === "active");
	const everybody = userId ? [userId, ...active.map(({ id }) => id)].slice(0, MOST_AGENTS) : [];
	const teams = [...everybody, everybody.join(",")].map((ids) => `agents:${ids}`);
	const team = draft.transferNumber.startsWith("agents:")
		? draft.transferNumber.slice("agents:".length).split(",")
		: [];
	const isOtherTeam = draft.transferNumber.startsWith("agents") && !teams.includes(draft.transferNumber);
	return (
		<Step title="Who answers a 1" lead="The telephone that rings for people who want to talk.">
			<div class="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
				<Field label="Who takes the call" error={wrong.transferNumber}>
					<select
						class="select"
						value={draft.transferNumber}
						disabled={transfers.isPending}
						onChange={(event) => set({ transferNumber: event.currentTarget.value })}
					>
						<option value="">{transfers.isPending ? "Loading…" : "Nobody: a 1 is not offered"}</option>
						{transfers.data?.map((transfer) => (
							<option key={transfer.id} value={transfer.id}>
								{transfer.name}, {transfer.formatted}
							</option>
						))}
						{userId && (
							<optgroup label="Browsers">
								<option value={`agents:${userId}`}>My browser, wherever I am signed in</option>
								{active.map(({ id, fullName, email }) => (
									<option key={id} value={`agents:${id}`}>
										{fullName || email}
									</option>
								))}
								{everybody.length > 1 && (
									<option value={`agents:${everybody.join(",")}`}>Everybody's browser: the first to answer</option>
								)}
								{isOtherTeam && <option value={draft.transferNumber}>Several browsers: the first to answer</option>}
							</optgroup>
						)}
						{!!queues.data?.length && (
							<optgroup label="Queues">
								{queues.data.map(({ id, name }) => (
									<option key={id} value={`queue:${id}`}>
										{name}
									</option>
								))}
							</optgroup>
						)}
						{!!assistants.data?.items.length && (
							<optgroup label="Assistants">
								{assistants.data.items.map(({ id, name }) => (
									<option key={id} value={`assistant:${id}`}>
										{name}
									</option>
								))}
							</optgroup>
						)}
						{!!providers.data?.length && (
							<optgroup label="SIP providers">
								{providers.data.map(({ id, name }) => (
									<option key={id} value={`sip:${id}`}>
										{name}
									</option>
								))}
							</optgroup>
						)}
					</select>
				</Field>
				<button
					type="button"
					class="btn btn-quiet"
					onClick={() => {
						adding.value = true;
					}}
				>
					<Plus size={15} aria-hidden /> Add a number
				</button>
			</div>
			{team.length > 0 && active.length > 0 && userId && (
				<fieldset>
					<legend class="mb-1 text-sm font-medium">Whose browsers ring</legend>
					<PeopleChoice
						people={[
							{ id: userId, name: "Mine" },
							...active.map(({ id, fullName, email }) => ({ id, name: fullName || email })),
						]}
						chosen={team}
						onChoose={(ids) => {
							// Somebody has to be rung, and no more than can be at once.
							const rung = ids.length > 0 && ids.length <= MOST_AGENTS ? ids : team;
							set({ transferNumber: `agents:${rung.join(",")}` });
						}}
					/>
				</fieldset>
			)}
			{draft.transferNumber.startsWith("sip:") && (
				<Field
					label="Whom to ring there"
					optional
					hint="What stands before the @, such as an extension. Empty: the number that people see."
					error={wrong["script.transfer.user"] ?? wrong["script.transfer"]}
				>
					<input
						class="input"
						maxLength={64}
						value={draft.sipUser}
						onInput={(event) => set({ sipUser: event.currentTarget.value })}
					/>
				</Field>
			)}
			{adding.value && (
				<TransferDialog
					onAdded={(transfer) => set({ transferNumber: transfer.id })}
					onClose={() => {
						adding.value = false;
					}}
				/>
			)}
		</Step>
	);
}
