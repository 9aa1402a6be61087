import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { templatesQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { ConversationDetail, MessageTemplate } from "../../lib/wire";

interface Props {
	contact: ConversationDetail["contact"];
	onPick: (text: string) => void;
	onClose: () => void;
}

const BRACED = /\{\{\s*([\p{L}\p{N}_.-]+)\s*\}\}/gu;

/** What is known of the person, under the names that templates use. */
function knownOf(contact: Props["contact"]): Record<string, string> {
	const { firstName = "", lastName = "", email = "" } = contact ?? {};
	return Object.fromEntries(Object.entries({ firstName, lastName, email }).filter(([, value]) => value));
}

const filledIn = (body: string, known: Record<string, string>) =>
	body.replace(BRACED, (whole, name: string) => known[name] ?? whole);

/** Texts that are used again: chosen, filled in, and put where they can still be changed. */
export function TemplatePicker({ contact, onPick, onClose }: Props) {
	const templates = useRead(templatesQuery);
	const search = useSignal("");
	const chosen = useSignal<MessageTemplate | null>(null);
	const words = search.value.toLowerCase();
	const found = templates.data?.filter(({ name, body }) => `${name} ${body}`.toLowerCase().includes(words)) ?? [];
	const known = knownOf(contact);

	function pick(template: MessageTemplate) {
		if (template.variables.some((name) => !known[name])) chosen.value = template;
		else use(filledIn(template.body, known));
	}
	function use(text: string) {
		onPick(text);
		onClose();
	}

	return (
		<Dialog title={chosen.value ? chosen.value.name : "Use a template"} onClose={onClose}>
			{chosen.value ? (
				<FillIn template={chosen.value} known={known} onDone={use} />
			) : (
				<div class="flex flex-col gap-3">
					{templates.isPending && <TextSkeleton lines={4} label="Loading your templates" />}
					{templates.isError && (
						<Trouble what="Your templates did not load." error={templates.error} again={templates.again} />
					)}
					{templates.data?.length === 0 && (
						<p class="text-muted text-sm">
							A template is a text that you send often, with places such as {"{{firstName}}"} that are filled in by
							themselves. Make the first one, and everybody in your account can use it.
						</p>
					)}
					{(templates.data?.length ?? 0) > 5 && (
						<input
							class="input"
							type="search"
							aria-label="Find a template"
							placeholder="Find a template"
							value={search}
							onInput={(event) => {
								search.value = event.currentTarget.value;
							}}
						/>
					)}
					<ul class="line max-h-[50vh] overflow-y-auto empty:hidden">
						{found.map((template) => (
							<li key={template.id}>
								<button
									type="button"
									class="w-full rounded-field px-3 py-2 text-start hover:bg-base-200"
									onClick={() => pick(template)}
								>
									<bdi class="block truncate font-medium">{template.name}</bdi>
									<bdi class="text-muted truncate text-sm">{template.body}</bdi>
								</button>
							</li>
						))}
					</ul>
					<a class="btn btn-quiet self-start" href="/templates">
						{templates.data?.length ? "Manage templates" : "Make a template"}
					</a>
				</div>
			)}
		</Dialog>
	);
}

interface FillProps {
	template: MessageTemplate;
	known: Record<string, string>;
	onDone: (text: string) => void;
}

function FillIn({ template, known, onDone }: FillProps) {
	const given = useSignal<Record<string, string>>(known);
	const all = template.variables.every((name) => given.value[name]?.trim());
	return (
		<form
			class="flex flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				onDone(filledIn(template.body, given.value));
			}}
		>
			{template.variables.map((name) => (
				<Field key={name} label={name}>
					<input
						class="input"
						dir="auto"
						maxLength={500}
						value={given.value[name] ?? ""}
						onInput={(event) => {
							given.value = { ...given.value, [name]: event.currentTarget.value };
						}}
					/>
				</Field>
			))}
			<p class="bg-base-200 rounded-field px-3 py-2 text-sm whitespace-pre-wrap wrap-anywhere" dir="auto">
				{filledIn(template.body, given.value)}
			</p>
			<Action type="submit" class="self-end" disabled={!all}>
				Put it in
			</Action>
		</form>
	);
}
