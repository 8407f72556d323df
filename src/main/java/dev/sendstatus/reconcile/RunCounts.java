package dev.sendstatus.reconcile;

import dev.sendstatus.event.AccountName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts one account's run; one thread. */
final class RunCounts {
    private static final int MOST_REMARKS = 5;

    long asked;
    long updated;
    long stillSent;
    long unchanged;
    long notFound;
    long failed;
    long notDue;
    private final List<String> remarks = new ArrayList<>();
    private int more;

    /** The same said twice is said once. */
    void remark(String remark) {
        if (remarks.contains(remark)) {
            return;
        }
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(remark);
        } else {
            more++;
        }
    }

    AccountResult result(AccountName account, long calls, @Nullable String stopped) {
        List<String> all = new ArrayList<>(remarks);
        if (more > 0) {
            all.add("and " + more + " more remarks");
        }
        return new AccountResult(
                account, asked, calls, updated, stillSent, unchanged, notFound, failed, notDue, stopped, all);
    }
}
