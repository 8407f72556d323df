package dev.sendstatus.app;

import dev.sendstatus.jobs.Job;
import dev.sendstatus.jobs.JobTable;
import dev.sendstatus.jobs.ManualNode;
import dev.sendstatus.jobs.NodeConnections;
import dev.sendstatus.report.DailyReport;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node that makes the daily report, dies as planned, and comes back as a new process would. One thread at a time uses it. */
final class MortalNode {
    private enum Death {
        IDLE,
        START_OF_TURN,
        END_OF_TURN,
        NONE
    }

    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    private final JobTable table;
    private final NodeConnections connections;
    private final InstantSource clock;
    private final DailyReport daily;
    private final Job job;
    private final List<LocalDate> made = new ArrayList<>();
    private Death death = Death.NONE;
    private Instant dies = Instant.MAX;
    private Duration deadFor = Duration.ZERO;
    private Instant comesBack = Instant.MIN;
    private Instant moment = Instant.MIN;
    private @Nullable ManualNode alive;
    private int deathsInATurn;

    MortalNode(JobTable table, Store store, Reads reads, ReportSettings settings, InstantSource clock) {
        this.table = table;
        this.connections = table.connections();
        this.clock = clock;
        this.daily = new DailyReport(store, reads, new StuckReports(reads, LIMITS, settings), settings, clock);
        Job real = BackgroundJobs.dailyReport(daily, settings);
        this.job = new Job(
                real.name(), real.interval(), real.nextTurn(), real.afterStart(), real.atEveryStart(), this::turn);
    }

    void diesIdle(Instant at, Duration dead) {
        plan(Death.IDLE, at, dead);
    }

    void diesAtTheStartOfATurn(Instant after, Duration dead) {
        plan(Death.START_OF_TURN, after, dead);
    }

    /** With all done, and no time to say so. */
    void diesAtTheEndOfATurn(Instant after, Duration dead) {
        plan(Death.END_OF_TURN, after, dead);
    }

    void lives() {
        plan(Death.NONE, Instant.MAX, Duration.ZERO);
    }

    private void plan(Death how, Instant at, Duration dead) {
        death = how;
        dies = at;
        deadFor = dead;
    }

    /** What it does at that moment. @return whether it lives after it */
    boolean moment(Instant time) {
        moment = time;
        if (alive == null) {
            if (time.isBefore(comesBack)) {
                return false;
            }
            connections.mend();
            alive = new ManualNode(List.of(job), table.through(connections), clock);
            alive.start();
        }
        if (death == Death.IDLE && !time.isBefore(dies)) {
            die();
            return false;
        }
        ManualNode node = alive;
        node.look();
        if (alive != null) {
            node.lookForDeadNodes();
        }
        return alive != null;
    }

    private void turn() throws StoreException {
        boolean last = !moment.isBefore(dies);
        if (last && death == Death.START_OF_TURN) {
            dieInATurn();
        }
        made.addAll(daily.makeDue());
        if (last && death == Death.END_OF_TURN) {
            dieInATurn();
        }
    }

    private void dieInATurn() {
        deathsInATurn++;
        die();
        throw new Died();
    }

    private void die() {
        connections.cut();
        alive = null;
        comesBack = moment.plus(deadFor);
        lives();
    }

    List<LocalDate> made() {
        return made;
    }

    int deathsInATurn() {
        return deathsInATurn;
    }

    /** Nothing of the turn happens any more; the way to the database is cut, so that nothing can be said about it. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died() {
            super("the node died", null, false, false);
        }
    }
}
