import { inOneBatch } from "../../db/client";
import { publish } from "../../live/store";
import { tell } from "../../live/tell";
import type { House } from "../../scope";
import { audienceOf } from "../store";
import { wakingAnyAccount } from "./store";

const AT_MOST = 100;

/** Opens conversations again whose sleep is over, and tells their pages. */
export async function wakeConversations(house: House): Promise<void> {
	const { db, now } = house;
	const woken = await wakingAnyAccount(db, now(), AT_MOST);
	if (woken.length === 0) return;
	const told = await inOneBatch(
		db,
		woken.map(({ id, accountId }) =>
			publish(db, accountId, "conversation", { conversationId: id }, now(), audienceOf(id)),
		),
	);
	tell(house, told.flat());
}
