import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import type { Step } from "./draft";
import type { Names } from "./words";

interface Props<Kind extends Step = Step> {
	id: string;
	step: Kind;
	names: Names;
	onChange: (step: Step) => void;
}

/** What there is to say about one step. */
export function StepFields({ id, step, names, onChange }: Props) {
	switch (step.kind) {
		case "ring":
			return <Ring id={id} step={step} names={names} onChange={onChange} />;
		case "forward":
			return <Forward id={id} step={step} names={names} onChange={onChange} />;
		case "sip":
			return <Sip id={id} step={step} names={names} onChange={onChange} />;
		case "voicemail":
			return <Message id={id} step={step} names={names} onChange={onChange} />;
		case "assistant":
			return (
				<Choice
					label="Assistant"
					list={names.assistants}
					value={step.assistantId}
					none={{ word: "No assistant yet.", href: "/assistants", way: "Make one" }}
					onPick={(assistantId) => onChange({ ...step, assistantId })}
				/>
			);
		case "queue":
			return (
				<Choice
					label="Queue"
					list={names.queues}
					value={step.queueId}
					none={{ word: "No queue yet.", href: "/queue", way: "Make one" }}
					onPick={(queueId) => onChange({ ...step, queueId })}
				/>
			);
		case "play":
			return (
				<Choice
					label="Greeting"
					list={names.greetings}
					value={step.greetingFileId}
					none={{ word: "No greeting yet.", href: "/greetings", way: "Record one" }}
					onPick={(greetingFileId) => onChange({ ...step, greetingFileId })}
				/>
			);
		case "say":
			return (
				<Field label="What is said" hint="Read out by the carrier's voice.">
					<textarea
						class="textarea"
						rows={2}
						maxLength={1_000}
						value={step.text}
						onInput={(event) => onChange({ ...step, text: event.currentTarget.value })}
					/>
				</Field>
			);
		default:
			return null;
	}
}

function Ring({ step, names, onChange }: Props<Extract<Step, { kind: "ring" }>>) {
	const choose = (userId: string, on: boolean) => {
		const rest = step.userIds.filter((one) => one !== userId);
		onChange({ ...step, userIds: on ? [...rest, userId] : rest });
	};
	return (
		<>
			<fieldset>
				<legend class="mb-1 text-sm font-medium">Whose browsers ring</legend>
				<p class="text-faint mb-1 text-xs">Nobody chosen: of whoever has the number.</p>
				<div class="flex flex-wrap gap-x-5">
					{[...names.people].map(([userId, name]) => (
						<label key={userId} class="flex min-h-8 items-center gap-2 text-sm">
							<input
								type="checkbox"
								class="checkbox checkbox-primary"
								checked={step.userIds.includes(userId)}
								onChange={(event) => choose(userId, event.currentTarget.checked)}
							/>
							{name}
						</label>
					))}
				</div>
			</fieldset>
			<div class="grid gap-3 sm:grid-cols-2">
				{step.userIds.length > 1 && (
					<Field label="In which order">
						<select
							class="select"
							value={step.order}
							onChange={(event) =>
								onChange({ ...step, order: event.currentTarget.value === "one_by_one" ? "one_by_one" : "all" })
							}
						>
							<option value="all">All at once</option>
							<option value="one_by_one">One after the other</option>
						</select>
					</Field>
				)}
				<Seconds value={step.seconds} onPick={(seconds) => onChange({ ...step, seconds })} />
			</div>
		</>
	);
}

function Forward({ step, names, onChange }: Props<Extract<Step, { kind: "forward" }>>) {
	const { seconds, shows } = step;
	const bare = { kind: "forward", seconds, shows } as const;
	const own = step.transferNumberId ?? "";
	return (
		<>
			<Field label="To">
				<select
					class="select"
					value={own}
					onChange={({ currentTarget: { value } }) => onChange(value ? { ...bare, transferNumberId: value } : bare)}
				>
					<option value="">A number of its own…</option>
					{[...names.transfers].map(([id, word]) => (
						<option key={id} value={id}>
							{word}
						</option>
					))}
				</select>
			</Field>
			{!own && (
				<PhoneField
					label="Number"
					hint={step.number ? `Now ${step.number}` : undefined}
					onPhone={(number) => number !== null && onChange({ ...bare, number })}
				/>
			)}
			<div class="grid gap-3 sm:grid-cols-2">
				<Field label="What the telephone shows">
					<select
						class="select"
						value={shows}
						onChange={(event) =>
							onChange({ ...step, shows: event.currentTarget.value === "caller" ? "caller" : "line" })
						}
					>
						<option value="line">This number</option>
						<option value="caller">The caller's number</option>
					</select>
				</Field>
				<Seconds value={seconds} onPick={(next) => onChange({ ...step, seconds: next })} />
			</div>
		</>
	);
}

function Sip({ step, names, onChange }: Props<Extract<Step, { kind: "sip" }>>) {
	return (
		<>
			<Choice
				label="SIP provider"
				list={names.providers}
				value={step.providerId}
				none={{ word: "No SIP provider yet.", href: "/settings?part=calls", way: "Add one" }}
				onPick={(providerId) => onChange({ ...step, providerId })}
			/>
			<div class="grid gap-3 sm:grid-cols-2">
				<Field label="Who is called there" optional hint="Left out: the number that was dialed.">
					<input
						class="input"
						autocomplete="off"
						maxLength={64}
						pattern="[A-Za-z0-9._+\-]*"
						value={step.user ?? ""}
						onInput={({ currentTarget: { value } }) => {
							const { user: _, ...rest } = step;
							onChange(value.trim() ? { ...rest, user: value.trim() } : rest);
						}}
					/>
				</Field>
				<Seconds value={step.seconds} onPick={(seconds) => onChange({ ...step, seconds })} />
			</div>
		</>
	);
}

function Message({ step, names, onChange }: Props<Extract<Step, { kind: "voicemail" }>>) {
	const { maxSeconds } = step;
	const bare = { kind: "voicemail", maxSeconds } as const;
	return (
		<>
			<Field label="What the caller hears first">
				<select
					class="select"
					value={step.greetingFileId ?? ""}
					onChange={({ currentTarget: { value } }) => onChange(value ? { ...bare, greetingFileId: value } : bare)}
				>
					<option value="">A sentence that is read out</option>
					{[...names.greetings].map(([id, word]) => (
						<option key={id} value={id}>
							{word}
						</option>
					))}
				</select>
			</Field>
			{!step.greetingFileId && (
				<Field label="The sentence" optional>
					<input
						class="input"
						maxLength={1_000}
						placeholder="Please leave a message after the tone."
						value={step.say ?? ""}
						onInput={({ currentTarget: { value } }) => onChange(value.trim() ? { ...bare, say: value } : bare)}
					/>
				</Field>
			)}
			<Field label="Longest message">
				<select
					class="select sm:w-48"
					value={String(maxSeconds)}
					onChange={(event) => onChange({ ...step, maxSeconds: Number(event.currentTarget.value) })}
				>
					{[...new Set([30, 60, 120, 300, 600, maxSeconds])].map((seconds) => (
						<option key={seconds} value={String(seconds)}>
							{seconds < 60 ? `${seconds} seconds` : `${seconds / 60} minutes`}
						</option>
					))}
				</select>
			</Field>
		</>
	);
}

function Seconds({ value, onPick }: { value: number; onPick: (seconds: number) => void }) {
	return (
		<Field label="For how many seconds">
			<input
				class="input num"
				type="number"
				min={5}
				max={120}
				required
				value={value}
				onInput={(event) => onPick(event.currentTarget.valueAsNumber || 0)}
			/>
		</Field>
	);
}

interface ChoiceProps {
	label: string;
	list: Map<string, string>;
	value: string;
	none: { word: string; href: string; way: string };
	onPick: (id: string) => void;
}

function Choice({ label, list, value, none, onPick }: ChoiceProps) {
	if (list.size === 0 && !value)
		return (
			<p class="text-sm">
				<span class="text-muted">{none.word}</span>{" "}
				<a class="link" href={none.href}>
					{none.way}
				</a>
			</p>
		);
	return (
		<Field label={label}>
			<select class="select" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
				<option value="">Choose…</option>
				{[...list].map(([id, word]) => (
					<option key={id} value={id}>
						{word}
					</option>
				))}
			</select>
		</Field>
	);
}
