import { type Signal, useSignal } from "@preact/signals";
import { AlarmClock, NotebookText, Paperclip, SendHorizontal } from "lucide-preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { later } from "../../kit/later";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { sayTyping } from "../../lib/live";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ConversationDetail, MessageOrder } from "../../lib/wire";
import { moment } from "../../lib/words";
import { Attachments } from "./Attachments";
import { Counter, LONGEST, openVariables } from "./Counter";
import { keepDraft } from "./drafts";
import { type Attachment, attach, MOST_FILES } from "./media";
import { sendNow } from "./outbox";

const TemplatePicker = later(() => import("./TemplatePicker").then((part) => part.TemplatePicker));
const ScheduleDialog = later(() => import("./ScheduleDialog").then((part) => part.ScheduleDialog));
const TYPING_EVERY_MS = 3_000;

interface Props {
	/** What the draft is kept under. */
	thread: string;
	conversation: ConversationDetail | null;
	/** The sender as the API wants it. */
	from: string;
	/** The sender in words, for the empty field: "London office". */
	fromWord: string;
	/** Null while there is no complete number. */
	to: string | null;
	canAttach: boolean;
	text: Signal<string>;
	/** The messages that stand in the thread already. */
	before: () => ReadonlySet<string>;
	onSent: (conversationId: string) => void;
}

/** Writes a message or a note. What is typed stays until it is sent, in this browser. */
export function Composer({ thread, conversation, from, fromWord, to, canAttach, text, before, onSent }: Props) {
	const mode = useSignal<"message" | "note">("message");
	const files = useSignal<Attachment[]>([]);
	const extra = useSignal<"templates" | "schedule" | null>(null);
	const noting = useSignal(false);
	const key = useRef(newKey());
	const field = useRef<HTMLTextAreaElement>(null);
	const typedAt = useRef(0);
	const isNote = mode.value === "note";

	useEffect(() => keepDraft(thread, text.value), [text.value, thread]);
	useGrowing(field, text.value);
	useEffect(() => {
		// Where a keyboard would cover half the screen, it comes only when it is wanted.
		if (conversation && matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
	}, []);

	const body = text.value;
	const ready = files.value.every(({ url }) => url !== null);
	const says = body.trim() !== "" || (!isNote && files.value.length > 0);
	const sendable =
		says && body.length <= LONGEST && (isNote || (to !== null && ready && openVariables(body).length === 0));

	const order = (): MessageOrder => ({
		from,
		to: to ?? "",
		...(body.trim() ? { body } : {}),
		...(files.value.length ? { mediaUrls: files.value.flatMap(({ url }) => url ?? []) } : {}),
	});

	function clear() {
		text.value = "";
		files.value = [];
		key.current = newKey();
		field.current?.focus();
	}

	async function send() {
		if (!sendable) return field.current?.focus();
		if (isNote) return writeNote();
		const leaving = {
			key: key.current,
			thread: conversation?.id ?? thread,
			order: order(),
			pictures: files.value.flatMap(({ preview }) => preview ?? []),
			before: before(),
		};
		clear();
		const conversationId = await sendNow(leaving);
		if (conversationId && !conversation) onSent(conversationId);
	}

	async function writeNote() {
		if (!conversation || noting.value) return;
		noting.value = true;
		try {
			await said(api.conversations[":id"].notes.$post({ param: { id: conversation.id }, json: { body: body.trim() } }));
			clear();
			await changed("timeline");
		} catch (error) {
			tellTrouble(error);
		} finally {
			noting.value = false;
		}
	}

	async function schedule(sendAt: string) {
		const { headers } = { headers: { "idempotency-key": key.current } };
		try {
			await said(api["scheduled-messages"].$post({ json: { ...order(), sendAt } }, { headers }));
		} catch (error) {
			key.current = keyAfter(key.current, error);
			throw error;
		}
		clear();
		tell(`It will be sent ${moment(sendAt)}.`);
		await changed("scheduled", "conversations");
	}

	function take(list: Iterable<File>) {
		for (const file of [...list].slice(0, MOST_FILES - files.value.length))
			attach(file, (now) => {
				const others = files.peek();
				files.value = others.some((each) => each.key === now.key)
					? others.map((each) => (each.key === now.key ? now : each))
					: now.part === 0 && now.url === null && !now.trouble
						? [...others, now]
						: others;
			});
	}

	function type(value: string) {
		text.value = value;
		if (!conversation || isNote || Date.now() - typedAt.current < TYPING_EVERY_MS) return;
		typedAt.current = Date.now();
		sayTyping(conversation.id);
	}

	function press(event: KeyboardEvent) {
		if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
		if (!matchMedia("(pointer: fine)").matches && !event.metaKey && !event.ctrlKey) return;
		event.preventDefault();
		void send();
	}

	return (
		<form
			class={`line flex-none border-t px-3 py-2 ${isNote ? "note" : ""}`}
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
			onDragOver={(event) => event.preventDefault()}
			onDrop={(event) => {
				event.preventDefault();
				if (canAttach && !isNote && event.dataTransfer) take(event.dataTransfer.files);
			}}
		>
			<div class="mx-auto max-w-3xl">
				{conversation && (
					<div class="mb-1.5 flex gap-1">
						<Mode word="Message" on={!isNote} onPick={() => (mode.value = "message")} />
						<Mode word="Note" on={isNote} onPick={() => (mode.value = "note")} />
					</div>
				)}
				{!isNote && <Attachments files={files} />}
				<div class="flex items-end gap-2">
					<textarea
						ref={field}
						class="textarea max-h-48 min-h-0 flex-1 resize-none py-2 "
						rows={1}
						dir="auto"
						aria-label={isNote ? "Internal note" : `Message from ${fromWord}`}
						aria-describedby="composer-count"
						aria-keyshortcuts="r"
						placeholder={
							isNote ? "Only your team sees this" : conversation ? `Text from ${fromWord}` : "Write a message"
						}
						value={body}
						onInput={(event) => type(event.currentTarget.value)}
						onKeyDown={press}
						onPaste={(event) => {
							const pasted = event.clipboardData?.files;
							if (!pasted?.length || !canAttach || isNote) return;
							event.preventDefault();
							take(pasted);
						}}
						data-composer
					/>
					<Action
						type="submit"
						class=""
						busy={noting.value}
						disabled={!sendable}
						aria-label={isNote ? "Save note" : "Send"}
					>
						<SendHorizontal size={17} aria-hidden />
						<span class="max-sm:sr-only">{isNote ? "Save note" : "Send"}</span>
					</Action>
				</div>
				<div class="mt-1 flex min-h-8 items-center gap-0.5">
					{!isNote && (
						<>
							<label
								class={`btn btn-ghost btn-sm btn-square has-focus-visible:outline-primary has-focus-visible:outline-2 ${canAttach ? "" : "hidden"}`}
								title="Attach pictures or files"
							>
								<Paperclip size={16} aria-hidden />
								<span class="sr-only">Attach pictures or files</span>
								<input
									type="file"
									class="sr-only"
									multiple
									accept="image/*,audio/*,video/*,.pdf,.vcf"
									disabled={!canAttach}
									onChange={({ currentTarget }) => {
										take(currentTarget.files ?? []);
										currentTarget.value = "";
									}}
								/>
							</label>
							<Tool icon={NotebookText} word="Use a template" onPress={() => (extra.value = "templates")} />
							<Tool
								icon={AlarmClock}
								word="Send later"
								disabled={!sendable}
								onPress={() => (extra.value = "schedule")}
							/>
						</>
					)}
					<Counter from={from} to={to} body={body} files={files.value} isNote={isNote} />
				</div>
			</div>
			{extra.value === "templates" && (
				<TemplatePicker
					contact={conversation?.contact ?? null}
					onPick={(words: string) => {
						text.value = text.value.trim() ? `${text.value.trimEnd()} ${words}` : words;
					}}
					onClose={() => (extra.value = null)}
				/>
			)}
			{extra.value === "schedule" && <ScheduleDialog onPick={schedule} onClose={() => (extra.value = null)} />}
		</form>
	);
}

function Mode({ word, on, onPick }: { word: string; on: boolean; onPick: () => void }) {
	return (
		<button
			type="button"
			class={`h-7 rounded-field px-2 text-xs font-semibold ${on ? "bg-base-300" : "text-muted hover:bg-base-200"}`}
			aria-pressed={on}
			onClick={onPick}
		>
			{word}
		</button>
	);
}

interface ToolProps {
	icon: typeof Paperclip;
	word: string;
	disabled?: boolean;
	onPress: () => void;
}

function Tool({ icon: Icon, word, disabled = false, onPress }: ToolProps) {
	return (
		<button
			type="button"
			class="btn btn-ghost btn-sm btn-square"
			aria-label={word}
			title={word}
			disabled={disabled}
			onClick={onPress}
		>
			<Icon size={16} aria-hidden />
		</button>
	);
}

/** The field is as high as its text, up to a limit of its class. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
	useLayoutEffect(() => {
		const here = field.current;
		if (!here) return;
		here.style.height = "auto";
		here.style.height = `${here.scrollHeight + 2}px`;
	}, [text]);
}
