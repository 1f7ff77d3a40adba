/** What to do about each documented reason of a failed scan. */
export const failed_scans = {
  /** @param what one of those below. */
  advice: (reason: string, what: string) => `${reason}: ${what}.`,
  what: {
    unknown_error: 'scan it once more',
    failed_to_match_agent: 'enable HSS container edition on the host and bring its agent online',
    create_container_failed: 'check the container runtime of the host',
    get_container_info_failed: 'check the container runtime of the host',
    docker_offline: 'start Docker on the host',
    get_docker_root_failed: 'check where Docker keeps its root folder on the host',
    image_not_exist_or_docker_api_fault: 'list the images again: it may be gone; else check the Docker API of the host',
    huge_image: 'HSS calls the image too large to be scanned; scanning again will not help',
    docker_root_in_nfs:
      'the Docker root is on network storage, which HSS does not support; scanning again will not help',
    response_timed_out: 'scan it again later',
  },
};
