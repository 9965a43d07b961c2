/* statLoop ROOT ROUNDS: stat(2) of the paths on stdin, relative to ROOT; nanoseconds for one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  static char *paths[100000];
  char line[4096];
  int count = 0;
  if (argc != 3 || chdir(argv[1]) != 0) return 2;
  while (count < 100000 && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    paths[count++] = strdup(line + 1);
  }
  struct stat info;
  struct timespec from, to;
  for (int i = 0; i < count; i++) if (stat(paths[i], &info)) return 3;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  for (int round = 0; round < atoi(argv[2]); round++)
    for (int i = 0; i < count; i++) stat(paths[i], &info);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  printf("%f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / atoi(argv[2]) / count);
  return 0;
}
