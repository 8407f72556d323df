package dev.sendstatus.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageWalkTest {
    private final PageWalk walk = new PageWalk();

    @Test
    void pagesThatDifferAreFollowedToTheLast() {
        for (int page = 1; page < 100; page++) {
            assertThat(walk.obstacle("page " + (page + 1), List.of("m" + page))).isNull();
        }
        assertThat(walk.obstacle(null, List.of("m100"))).isNull();
    }

    @Test
    void aPageThatComesAgainIsNoticedByWhatIsOnIt() {
        assertThat(walk.obstacle("2", List.of("m1", "m2"))).isNull();
        assertThat(walk.obstacle("3", List.of("m1", "m2"))).contains("same page again");
    }

    @Test
    void aCircleIsNoticedByTheNamesOfItsPages() {
        assertThat(walk.obstacle("b", List.of("m1"))).isNull();
        assertThat(walk.obstacle("a", List.of("m2"))).isNull();
        assertThat(walk.obstacle("b", List.of("m1"))).contains("leads back");
    }

    @Test
    void anotherListMayUseTheSameNamesAndHaveTheSamePage() {
        assertThat(walk.obstacle("2", List.of("m1"))).isNull();
        walk.begin();
        assertThat(walk.obstacle("2", List.of("m1"))).isNull();
    }

    /** Over all lists of the walk. */
    @Test
    void pagesThatNeverEndAreGivenUp() {
        for (int page = 1; page < PageWalk.MOST_PAGES; page++) {
            if (page % 100 == 0) {
                walk.begin();
            }
            assertThat(walk.obstacle("page " + (page + 1), List.of())).isNull();
        }
        assertThat(walk.obstacle("one more", List.of())).contains("ask for less");
    }
}
