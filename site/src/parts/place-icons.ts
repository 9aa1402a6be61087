import {
	AudioLines,
	Bot,
	ChartColumn,
	Hash,
	House,
	Inbox,
	ListOrdered,
	type LucideIcon,
	Megaphone,
	Phone,
	Settings,
	Users,
	Wallet,
} from "lucide-preact";

/** The sign of each place. Drawn into the HTML at build time; no page loads them. */
export const PLACE_ICONS: Record<string, LucideIcon> = {
	"/dashboard": House,
	"/chat": Inbox,
	"/calls": Phone,
	"/queue": ListOrdered,
	"/campaigns": Megaphone,
	"/contacts": Users,
	"/greetings": AudioLines,
	"/numbers": Hash,
	"/assistants": Bot,
	"/analytics": ChartColumn,
	"/wallet": Wallet,
	"/settings": Settings,
};
