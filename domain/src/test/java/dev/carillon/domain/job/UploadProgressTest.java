package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.job.UploadProgress.Place;
import org.junit.jupiter.api.Test;

class UploadProgressTest {
  @Test
  void awaitsTheFirstChunkAtFirst() {
    assertThat(UploadProgress.NONE).isEqualTo(new UploadProgress(1, 0, 0, 0));
    assertThat(UploadProgress.NONE.place(1)).isEqualTo(Place.NEXT);
    assertThat(UploadProgress.NONE.place(2)).isEqualTo(Place.GAP);
  }

  @Test
  void knowsWhatCameBeforeAndWhatLeavesAGap() {
    UploadProgress progress = new UploadProgress(4, 30, 6, 20);

    assertThat(progress.place(1)).isEqualTo(Place.REPEATED);
    assertThat(progress.place(3)).isEqualTo(Place.REPEATED);
    assertThat(progress.place(4)).isEqualTo(Place.NEXT);
    assertThat(progress.place(5)).isEqualTo(Place.GAP);
    assertThat(progress.place(Long.MAX_VALUE)).isEqualTo(Place.GAP);
  }

  @Test
  void addsUpWhatHasBeenUploaded() {
    UploadReport first = new UploadReport(1, 0, 5, 1, 2, 3, 4, 9);
    UploadReport second = new UploadReport(2, 15, 0, 1, 0, 0, 0, 0);

    assertThat(first.size()).isEqualTo(15);
    assertThat(first.rejected()).isEqualTo(10);
    assertThat(UploadProgress.NONE.after(first, 4).after(second, 1))
        .isEqualTo(new UploadProgress(3, 16, 5, 5));
  }

  @Test
  void refusesAChunkThatDoesNotFollow() {
    UploadProgress progress = new UploadProgress(2, 15, 4, 5);

    assertThatThrownBy(() -> progress.after(new UploadReport(3, 15, 1, 0, 0, 0, 0, 1), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> progress.after(new UploadReport(2, 14, 1, 0, 0, 0, 0, 1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesFiguresThatCannotBe() {
    assertThatThrownBy(() -> new UploadProgress(0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UploadProgress(1, 1, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UploadProgress(1, 1, 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UploadProgress(1, 1, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
