package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.List;

/** Looks for one thing that may be wrong. It keeps nothing in memory: each minute another node may ask. */
@FunctionalInterface
interface Rule {

    /** Finds the faults as of now. @param open the alerts of this rule that are pending or firing */
    List<Finding> findings(Instant now, List<Alert> open) throws StoreException;
}
