"""What is known of the outside: places, weather, sun, carbon, tariffs and their announcements."""
