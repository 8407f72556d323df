package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.codec.Damaged;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of all of them together. */
record AnyOf(List<Candidates> parts) implements Candidates {

    @Override
    public @Nullable Run atOrBelow(long id) throws SQLException, Damaged {
        Run highest = null;
        for (Candidates part : parts) {
            Run run = part.atOrBelow(id);
            if (run != null && (highest == null || run.high() > highest.high())) {
                highest = run;
            }
        }
        return highest;
    }
}
