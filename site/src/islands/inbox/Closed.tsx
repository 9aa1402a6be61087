import { Ban } from "lucide-preact";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ConversationDetail } from "../../lib/wire";
import { moment } from "../../lib/words";
import { consentWord, peerWord } from "./words";

interface Props {
	conversation: ConversationDetail;
	/** Only the account's owner keeps the do-not-call list. */
	isOwner: boolean;
	/** Whether the own number is still the reader's to write from. */
	isMine: boolean;
}

/** Why nothing can be written here, and what would change that. */
export function Closed({ conversation, isOwner, isMine }: Props) {
	const { consent, peer } = conversation;
	const word = consent.history.find(({ action }) => action === "stop");
	const isOwnersWish = word?.source === "do_not_call";

	async function allow() {
		try {
			await said(
				api["do-not-call"][":id"].$delete({
					param: { id: word?.scope === "all" || !word ? peer : `${peer}:${word.scope}` },
					query: {},
				}),
			);
			tell(`${peerWord(conversation)} can be written to again.`);
		} catch (error) {
			tellTrouble(error);
		} finally {
			await changed("conversation");
		}
	}

	return (
		<div class="line flex-none border-t p-3">
			<div class="notice notice-warn mx-auto max-w-3xl items-start">
				<Ban size={16} aria-hidden />
				<div class="min-w-0 flex-1">
					{consent.messages ? (
						<>
							<p class="font-medium">
								{isMine ? "Nothing can be sent here." : `${conversation.number} is no longer a number of yours.`}
							</p>
							<p class="text-muted">
								What was written stays. To go on with {peerWord(conversation)}, write from another number.
							</p>
						</>
					) : (
						<>
							<p class="font-medium">
								{word
									? `${consentWord(word)}, ${moment(word.createdAt)}.`
									: `${peerWord(conversation)} wants no messages.`}
							</p>
							<p class="text-muted">
								{isOwnersWish
									? "Nobody in this account writes to this number while it is on the list."
									: "Nothing is sent until they write START to your number. You can still read, and write notes to your team in the details."}
							</p>
						</>
					)}
				</div>
				{!consent.messages && isOwnersWish && isOwner && (
					<button type="button" class="btn btn-quiet btn-sm" onClick={allow}>
						Take off the list
					</button>
				)}
			</div>
		</div>
	);
}
