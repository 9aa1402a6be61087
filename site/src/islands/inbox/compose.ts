import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { keyAfter, newKey } from "../../lib/changes";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ConversationDetail, MessageOrder } from "../../lib/wire";
import { moment } from "../../lib/words";
import { type Attachment, attach, MOST_FILES } from "./media";
import { sendNow } from "./outbox";

interface Composing {
	thread: string;
	conversation: ConversationDetail | null;
	from: string;
	to: string | null;
	text: Signal<string>;
	before: () => ReadonlySet<string>;
	/** The field is empty again. */
	onClear: () => void;
	onSent: (conversationId: string) => void;
}

/** What becomes of what was written: it is sent once, kept for later, or noted for the team. */
export function useComposing({ thread, conversation, from, to, text, before, onClear, onSent }: Composing) {
	const files = useSignal<Attachment[]>([]);
	const noting = useSignal(false);
	const key = useRef(newKey());

	const order = (): MessageOrder => ({
		from,
		to: to ?? "",
		...(text.value.trim() ? { body: text.value } : {}),
		...(files.value.length ? { mediaUrls: files.value.flatMap(({ url }) => url ?? []) } : {}),
	});

	function clear() {
		text.value = "";
		files.value = [];
		key.current = newKey();
		onClear();
	}

	async function send() {
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

	async function note() {
		if (!conversation || noting.value) return;
		noting.value = true;
		const json = { body: text.value.trim() };
		try {
			await said(api.conversations[":id"].notes.$post({ param: { id: conversation.id }, json }));
			clear();
			await changed("timeline");
		} catch (error) {
			tellTrouble(error);
		} finally {
			noting.value = false;
		}
	}

	async function schedule(sendAt: string) {
		const headers = { "idempotency-key": key.current };
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
				const isNew = now.part === 0 && now.url === null && !now.trouble;
				if (others.some((each) => each.key === now.key))
					files.value = others.map((each) => (each.key === now.key ? now : each));
				else if (isNew) files.value = [...others, now];
			});
	}

	return { files, noting, send, note, schedule, take };
}
