import { Ban, Check, CheckCheck, CircleHelp, Clock3, type LucideIcon, TriangleAlert } from "lucide-preact";
import type { Message } from "../../lib/wire";

interface Standing {
	icon: LucideIcon;
	word: string;
	bad?: boolean;
}
const STANDINGS: Record<string, Standing> = {
	queued: { icon: Clock3, word: "Sending" },
	sending: { icon: Clock3, word: "Sending" },
	accepted: { icon: Clock3, word: "Sending" },
	sent: { icon: Check, word: "Sent" },
	delivered: { icon: CheckCheck, word: "Delivered" },
	read: { icon: CheckCheck, word: "Read" },
	undelivered: { icon: TriangleAlert, word: "Not delivered", bad: true },
	failed: { icon: TriangleAlert, word: "Not sent", bad: true },
	canceled: { icon: Ban, word: "Taken back" },
	unknown: { icon: CircleHelp, word: "Not confirmed yet" },
};

/** What became of a message, as icon and word. */
export function standingOf({ status }: Pick<Message, "status">): Standing {
	return STANDINGS[status] ?? { icon: Clock3, word: "Sending" };
}
