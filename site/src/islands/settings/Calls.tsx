import { profileQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { BlockedCallers } from "./BlockedCallers";
import { Recordings } from "./Recordings";
import { RingGroups } from "./RingGroups";
import { SipProviders } from "./SipProviders";

/** What holds for every call: what is recorded, over which systems calls may go, and who may not ring. */
export function Calls() {
	const profile = useRead(profileQuery);
	return (
		<>
			{profile.data?.role === "owner" && (
				<>
					<Recordings />
					<RingGroups />
					<SipProviders />
				</>
			)}
			<BlockedCallers />
		</>
	);
}
